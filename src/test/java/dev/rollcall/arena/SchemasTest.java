package dev.rollcall.arena;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SchemasTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void acceptTheExampleOfTheContract() throws IOException {
        ObjectNode example = example();
        assertThatCode(() -> Schemas.checkResult(example)).doesNotThrowAnyException();
    }

    @Test
    void refuseAKeyThatIsMissingOrUnknown() throws IOException {
        ObjectNode example = example();
        assertThatThrownBy(() -> Schemas.checkResult(example.deepCopy().without("service")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Schemas.checkResult(example.deepCopy().put("sevrice", "up")))
                .isInstanceOf(AssertionError.class);
    }

    private ObjectNode example() throws IOException {
        return (ObjectNode) json.readTree(getClass().getResource("/arena/result.example.json"));
    }
}
