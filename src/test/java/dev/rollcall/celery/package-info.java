@NullMarked
package dev.rollcall.celery;

import org.jspecify.annotations.NullMarked;
