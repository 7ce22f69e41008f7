/** The steps of a run, one bean each, and the pipeline that strings them together; the order stands in routes/restart.camel.yaml. */
@NullMarked
package dev.rollcall.engine;

import org.jspecify.annotations.NullMarked;
