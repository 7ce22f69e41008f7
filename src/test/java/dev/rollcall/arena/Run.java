package dev.rollcall.arena;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** What came of a run of the launcher. */
public record Run(int exitCode, String out, String err) {

    public JsonNode json() {
        if (out.isBlank()) {
            throw new AssertionError("nothing on stdout: " + this);
        }
        try {
            return new ObjectMapper().readTree(out);
        } catch (JsonProcessingException e) {
            throw new AssertionError("stdout is not one JSON document: " + this, e);
        }
    }

    /** The result document, checked against its schema, with every line of its journal. */
    public Result result() throws IOException {
        Schemas.checkResult(json());
        Result result = new Result(json());
        Schemas.checkJournal(result.text("journal"));
        return result;
    }
}
