package dev.rollcall.engine;

import dev.rollcall.port.Celery;

/** What the steps between the stop and the start share. */
record Going(Run run, Site site, Ledger ledger, Watch watch, Celery.Line line, Aftermath aftermath) {}
