package dev.rollcall.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where every event of a journal is sent.
 *
 * @param secret file with the key of the signature
 */
public record Webhook(URI url, Optional<Path> secret) {}
