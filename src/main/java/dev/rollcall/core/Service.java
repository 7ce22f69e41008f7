package dev.rollcall.core;

/** Whether the service is there for its users. */
public enum Service implements Word {
    UP,
    DOWN,
    UNKNOWN
}
