package dev.rollcall.engine;

import dev.rollcall.core.StartRecipe;
import java.util.ArrayList;
import java.util.List;

/** Whether supervisord itself could be started as the recipe says: what the start enters and executes is there. */
record StartCheck(StartRecipe recipe) {
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        // a unit's own manager knows where it is started
        if (recipe.unit().isEmpty()) {
            directory(faults);
        }
        return faults;
    }

    private void directory(List<String> faults) {
        if (!new Standpoint(recipe.directory()).canEnter("")) {
            faults.add(fault("its directory " + recipe.directory() + " is not there or may not be entered; create it"));
        }
    }

    private static String fault(String cause) {
        return "tried to check how supervisord is started but " + cause;
    }
}
