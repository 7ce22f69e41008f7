/**
 * What a trigger asks for and what it is told. Triggers know {@link dev.rollcall.trigger.Intake} and {@link dev.rollcall.trigger.Runs}, nothing of how runs are
 * queued or carried out.
 */
@NullMarked
package dev.rollcall.trigger;

import org.jspecify.annotations.NullMarked;
