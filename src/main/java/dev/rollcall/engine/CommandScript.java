package dev.rollcall.engine;

import dev.rollcall.core.CeleryCommand;
import dev.rollcall.core.Program;
import dev.rollcall.core.SupervisorConf;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script that a program's command executes, itself or by an interpreter: a command may not tell what it runs, its script does. */
record CommandScript(Site site) {
    /** Words of a command among which the script is looked for. */
    private static final int WORDS = 12;

    String text(Program program) {
        return site.conf().launches().stream()
                .filter(launch -> launch.program().equals(program.fullName()))
                .flatMap(launch -> texts(launch, program))
                .collect(Collectors.joining("\n"));
    }

    private Stream<String> texts(SupervisorConf.Launch launch, Program program) {
        Standpoint place = site.standpoint().in(launch.directory());
        List<String> words = CeleryCommand.words(program.command().strip());
        Stream<String> first = Standpoint.candidates(launch.executable(), launch.path())
                .filter(place::holds)
                .limit(1);
        return Stream.concat(first, words.stream().skip(1).limit(WORDS).filter(word -> !word.startsWith("-")))
                .flatMap(name -> place.script(name).stream());
    }
}
