package dev.rollcall.engine;

/** The result of a step that may say no. The route asks {@code ${body.refused}}. */
public interface Checked {
    boolean isRefused();
}
