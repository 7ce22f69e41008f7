/** A real supervisord, Celery and Redis in a temporary folder, and the packaged launcher run against them as a user would. */
package dev.rollcall.arena;
