package dev.rollcall.trigger.http;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Arrays;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes Camel's platform-http routes those of the server. */
final class Mount {
    private static final Logger LOG = LoggerFactory.getLogger("rollcall.http");
    private static final int BEFORE_ALL = -1000;
    /** What Vert.x makes of a client that goes away before its body is whole. */
    private static final int BODY_CUT_OFF = 200;

    private final CamelContext context;
    private final Server server;
    private final Gate gate;

    Mount(CamelContext context, Server server, Gate gate) {
        this.context = context;
        this.server = server;
        this.gate = gate;
    }

    /** The server listens already, for its port is in a name. */
    void routes() {
        server.router().route().order(BEFORE_ALL).handler(gate);
        Arrays.stream(Status.values()).forEach(this::failing);
        server.router().errorHandler(BODY_CUT_OFF, gone -> gone.response().close());
        String name = VertxPlatformHttpRouter.getRouterNameFromPort(server.port());
        context.getRegistry().bind(name, new BoundedRouter(name));
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, new Engine(server.port()));
        context.getComponent(PlatformHttpConstants.PLATFORM_HTTP_COMPONENT_NAME, PlatformHttpComponent.class)
                .setHeaderFilterStrategy(new NothingPasses());
    }

    private void failing(Status status) {
        server.router().errorHandler(status.code(), failed -> {
            if (failed.failure() != null && status == Status.INTERNAL) {
                LOG.error("tried to answer a request but a defect came between", failed.failure());
            }
            Reply reply = Unrouted.reply(status);
            Gate.send(
                    failed,
                    status == Status.METHOD_NOT_ALLOWED
                            ? reply.with(
                                    "Allow",
                                    Addresses.methods(
                                            failed.normalizedPath(),
                                            server.router().getRoutes()))
                            : reply);
        });
    }

    /** Camel asks for the port to find the router of it. */
    private static final class Engine extends VertxPlatformHttpEngine {
        private final int port;

        Engine(int port) {
            this.port = port;
        }

        @Override
        public int getServerPort() {
            return port;
        }
    }

    /** Bodies are small and in memory, whatever their type says; no upload makes a file. */
    private final class BoundedRouter extends VertxPlatformHttpRouter {
        @SuppressWarnings("NullAway") // Camel asks it for nothing but its port, which the engine knows
        BoundedRouter(String name) {
            super(null, server.vertx(), server.router(), name);
        }

        @Override
        public Handler<RoutingContext> bodyHandler() {
            return gate.beforeBody(BodyHandler.create(false)
                    .setBodyLimit(RequestBody.LARGEST)
                    .setMergeFormAttributes(false)
                    .setDeleteUploadedFilesOnEnd(false));
        }
    }
}
