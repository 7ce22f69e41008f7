package dev.rollcall.celery;

/** That a process's broker may be this one; a trial proves it. */
record Claim(long pid, Broker broker, Origin origin) {
    /** Where a claim comes from, the most trustworthy first. */
    enum Origin {
        CONFIGURATION("Rollcall's configuration"),
        COMMAND_LINE("its command line"),
        ENVIRONMENT("its environment"),
        APPLICATION("its application"),
        CONNECTION("its connections");

        private final String words;

        Origin(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
