package dev.rollcall.engine;

import dev.rollcall.core.Finding;
import dev.rollcall.core.Outcome;
import dev.rollcall.core.Problem;
import dev.rollcall.core.ServerAddress;
import dev.rollcall.core.StartRecipe;
import dev.rollcall.core.Step;
import dev.rollcall.core.SupervisorConf;
import dev.rollcall.port.Starter;
import dev.rollcall.port.Starter.UnusableRecipeException;
import dev.rollcall.port.Supervisor;
import dev.rollcall.port.Supervisor.ConfException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How a request's supervisord is started, and its configuration as one that is started so would read it. */
record Recipes(Supervisor supervisor, Starter starter, Request request) {

    /** As it was asked for: what is relative in it depends on the links that lead to it, and supervisord follows none of them. */
    Path conf() throws Refusal {
        if (!Files.exists(request.conf())) {
            throw new Refusal(
                    new Problem(
                            "CONF_NOT_FOUND",
                            Step.PREFLIGHT,
                            "tried to read supervisord's configuration " + request.conf()
                                    + " but it is not there or may not be read; name the right file with -c",
                            true),
                    Outcome.REFUSED,
                    2);
        }
        return request.conf().toAbsolutePath();
    }

    /** By the path that one started by this recipe will read it by, which may lead to it by other links. */
    SupervisorConf read(Optional<StartRecipe> recipe) throws Refusal {
        Path asked = conf();
        Path path = recipe.flatMap(OwnConf::of)
                .filter(own -> OwnConf.same(own, asked))
                .orElse(asked);
        return read(path, recipe);
    }

    /** The same where the start cannot be put off any more: by its path, whichever file that leads to by now. */
    SupervisorConf readAnyway(Optional<StartRecipe> recipe) throws Refusal {
        Optional<Path> own = recipe.flatMap(OwnConf::atNextStart).filter(Files::isRegularFile);
        return own.isPresent() ? read(own.get(), recipe) : read(recipe);
    }

    SupervisorConf read(Path conf, Optional<StartRecipe> recipe) throws Refusal {
        try {
            return supervisor.read(conf, recipe.map(Recipes::environment).orElseGet(System::getenv));
        } catch (ConfException e) {
            throw Refusal.atPreflight("CONF_INVALID", e.getMessage());
        }
    }

    /** Relative paths in the file are relative to where supervisord was started. */
    private static Map<String, String> environment(StartRecipe recipe) {
        Map<String, String> environment = new HashMap<>(recipe.text());
        environment.put("PWD", recipe.directory());
        return environment;
    }

    static ServerAddress server(SupervisorConf conf) throws Refusal {
        return conf.server()
                .orElseThrow(() -> Refusal.atPreflight(
                        "NO_SERVER",
                        "tried to find how to speak to supervisord but " + conf.path()
                                + " has no [unix_http_server] and no [inet_http_server]; add one"));
    }

    /** The target's own start command goes before what was seen. */
    StartRecipe asked(StartRecipe seen) {
        return request.start().isEmpty() ? seen : seen.with(request.start());
    }

    /** As it was last seen when asked for by this path, or by another that led to the same file; if it would read that again. */
    Optional<StartRecipe> kept() throws UnusableRecipeException {
        Optional<StartRecipe> asked = kept(request.conf().toAbsolutePath().toString());
        return asked.isPresent() ? asked : kept(request.realConf());
    }

    private Optional<StartRecipe> kept(String path) throws UnusableRecipeException {
        return starter.kept(path).filter(recipe -> OwnConf.atNextStart(recipe)
                .map(own -> OwnConf.same(own, request.conf()))
                .orElse(true));
    }

    /** The same for a look at what may be running, and is observed then. */
    Optional<StartRecipe> keptIfUsable() {
        try {
            return kept();
        } catch (UnusableRecipeException e) {
            return Optional.empty();
        }
    }

    /** The same for a start that can wait until somebody has looked. */
    Optional<StartRecipe> keptOrRefuse() throws Refusal {
        try {
            return kept();
        } catch (UnusableRecipeException e) {
            throw Refusal.atPreflight("RECIPE_UNUSABLE", e.sentence());
        }
    }

    /** By every path that leads to the file: when a link has been switched, the link is all that is the same. */
    void keep(SupervisorConf conf, StartRecipe recipe) {
        Set<String> paths = new LinkedHashSet<>(
                List.of(conf.path(), request.conf().toAbsolutePath().toString()));
        OwnConf.of(recipe)
                .filter(own -> OwnConf.same(own, request.conf()))
                .map(Path::toString)
                .ifPresent(paths::add);
        paths.forEach(path -> starter.keep(path, recipe));
    }

    /** For one that does not run: as it was last seen, else as it would be started by hand. */
    StartRecipe forStopped(SupervisorConf conf, Optional<StartRecipe> known) throws Refusal {
        if (known.isEmpty() && request.start().isEmpty()) {
            Owner.check(conf);
        }
        Optional<StartRecipe> found = known.isPresent() ? known : starter.invent(conf, conf());
        return asked(found.orElseThrow(() -> Refusal.atPreflight(
                "NO_SUPERVISORD",
                "tried to find a supervisord to start with " + conf.path()
                        + " but none is installed; install supervisor or set targets."
                        + request.options().target() + ".start")));
    }

    /** One that is made up has lost what the one before had in its environment, and nobody would know why its workers fail. */
    Optional<Finding> invented(StartRecipe recipe, Optional<StartRecipe> known) {
        boolean told = known.isPresent()
                || !request.start().isEmpty()
                || !recipe.unit().isEmpty();
        return told
                ? Optional.empty()
                : Optional.of(Finding.warning(
                        "RECIPE_INVENTED",
                        "how supervisord was started before is not known; it is started as " + recipe + ", by uid "
                                + recipe.uid() + " in a plain environment",
                        "if its programs need more: start it once by hand, or set targets."
                                + request.options().target() + ".start"));
    }

    /** What is checked must be what is started, or nothing is stopped. */
    void check(StartRecipe recipe, SupervisorConf read, String deed) throws Refusal {
        Path asked = conf();
        Optional<Path> other = OwnConf.atNextStart(recipe)
                .filter(own -> !OwnConf.same(own, asked))
                .filter(own -> recipe.unit().isEmpty() || !isNamedBy(recipe.unit(), read, asked));
        if (other.isPresent()) {
            String now = read.path().equals(asked.toString()) ? "" : " (now " + read.path() + ")";
            throw Refusal.atPreflight(
                    "OTHER_CONF",
                    "tried to " + deed + " with " + asked + now + " but as it is started (" + recipe + " in "
                            + recipe.directory() + ") it would read " + other.get()
                            + "; name that file with -c, or " + remedy(asked));
        }
    }

    private String remedy(Path asked) {
        return request.start().isEmpty()
                ? "shut supervisord down and start it once with -c " + asked
                : "mend targets." + request.options().target() + ".start";
    }

    /** The one that runs may have been started before its unit was rewritten. */
    private boolean isNamedBy(String unit, SupervisorConf read, Path asked) {
        return starter.invent(read, asked)
                .filter(found -> found.unit().equals(unit))
                .isPresent();
    }

    static StartRecipe fitting(SupervisorConf conf, StartRecipe recipe) {
        return conf.nodaemon() ? recipe.inForeground() : recipe;
    }
}
