/** Rollcall's own configuration and the options of a request, read strictly: an unknown key is an error that names the nearest known one. */
@NullMarked
package dev.rollcall.config;

import org.jspecify.annotations.NullMarked;
