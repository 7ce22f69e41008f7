package dev.rollcall.engine;

import dev.rollcall.port.Celery;
import dev.rollcall.port.Clock;
import dev.rollcall.port.Commands;
import dev.rollcall.port.Journal;
import dev.rollcall.port.Processes;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Supervisor;

/** Everything outside the engine that a step may touch. */
record World(
        Supervisor supervisor,
        Celery celery,
        Processes processes,
        Starter starter,
        Journal journal,
        Commands commands,
        Clock clock) {}
