package dev.rollcall.core;

import org.jspecify.annotations.Nullable;

/**
 * Why a run was refused or failed.
 *
 * @param code stable, listed in docs/errors.md
 * @param message one sentence: what was tried, where, why it failed; what to do
 * @param safeToRetry whether the same request may simply be made again
 */
public record Problem(String code, @Nullable Step step, String message, boolean safeToRetry) {}
