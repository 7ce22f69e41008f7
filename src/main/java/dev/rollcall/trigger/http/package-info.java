/**
 * Requests, runs and targets over HTTP, the web page, health and metrics. Operations decide and know nothing of Camel or Vert.x; {@link
 * dev.rollcall.trigger.http.Edge} stands between them and the routes, {@link dev.rollcall.trigger.http.Gate} before both.
 */
@NullMarked
package dev.rollcall.trigger.http;

import org.jspecify.annotations.NullMarked;
