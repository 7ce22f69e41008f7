package dev.rollcall.engine;

import dev.rollcall.core.StartRecipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether supervisord itself could be started as the recipe says: what the start enters and executes is there. */
final class StartCheck {
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";
    private static final String REMEDY = "; reinstall it, or set `start` of the target";

    private final StartRecipe recipe;
    private final Standpoint place;

    StartCheck(StartRecipe recipe) {
        this.recipe = recipe;
        this.place = new Standpoint(recipe.directory());
    }

    List<String> faults() {
        List<String> causes = new ArrayList<>();
        // a unit's own manager knows where and how it is started
        if (recipe.unit().isEmpty()) {
            checkDirectory(causes);
            checkProgram(causes);
            checkScript(causes);
        }
        return causes.stream()
                .map(cause -> "tried to check how supervisord is started but " + cause)
                .toList();
    }

    private void checkDirectory(List<String> causes) {
        if (!place.canEnter("")) {
            causes.add("its directory " + recipe.directory() + " is not there or may not be entered; create it");
        }
    }

    private void checkProgram(List<String> causes) {
        String name = recipe.argv().get(0);
        Optional<String> program =
                Standpoint.candidates(name, path()).filter(place::canExecute).findFirst();
        if (program.isEmpty()) {
            causes.add("its program " + name + " does not exist or is not executable" + REMEDY);
        }
        program.flatMap(place::interpreter)
                .filter(interpreter -> !place.canExecute(interpreter))
                .ifPresent(interpreter -> causes.add(interpreter + ", which executes " + program.get()
                        + ", does not exist or is not executable" + REMEDY));
    }

    /** As start.py looks. */
    private String path() {
        return recipe.text().getOrDefault("PATH", PATH);
    }

    /** A script was executed by its first line: then its interpreter is the program, and the script a word of that. */
    private void checkScript(List<String> causes) {
        if (recipe.argv().get(0).matches("(.*/)?(python|pypy)[0-9.]*")) {
            recipe.argv().stream()
                    .skip(1)
                    .limit(2)
                    .filter(word -> word.matches(".*/supervisord(\\.py)?"))
                    .filter(script -> !place.holds(script))
                    .forEach(script -> causes.add("its program " + script + " does not exist" + REMEDY));
        }
    }
}
