package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.port.Supervisor.RpcException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    @Test
    void reads_every_type_and_the_bare_string() throws Exception {
        Value list = read(params("<array><data>\n <value><int>-3</int></value><value><boolean>1</boolean></value>"
                + "<value> bare </value><value><nil/></value><value/><value><string/></value></data></array>"));
        assertThat(list.items().stream().map(value -> value.text().orElseThrow()))
                .containsExactly("-3", "1", " bare ", "", "", "");
    }

    @Test
    void reads_a_struct_with_escapes_and_control_characters() throws Exception {
        Value struct = read(params(
                "<struct><member><name>a&amp;b</name><value><string>&lt;&#65;&#x42;<![CDATA[<c>]]>\u001b</string>"
                        + "</value></member></struct>"));
        assertThat(struct.text("a&b")).contains("<AB<c>\u001b");
    }

    @Test
    void a_fault_is_thrown_with_its_code() {
        String fault =
                "<methodResponse><fault><value><struct><member><name>faultCode</name><value><int>6</int></value></member>"
                        + "<member><name>faultString</name><value>SHUTDOWN_STATE</value></member></struct></value></fault></methodResponse>";
        assertThatExceptionOfType(RpcException.class)
                .isThrownBy(() -> read(fault))
                .withMessage("SHUTDOWN_STATE")
                .satisfies(it -> assertThat(it.fault()).isEqualTo(6));
    }

    @Test
    void a_document_type_is_refused_whatever_it_says() {
        assertMalformed("<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>" + params("&e;"))
                .withMessage("it declares a document type");
        assertMalformed(params("&e;")).withMessageContaining("entity");
    }

    @Test
    void deep_nesting_is_refused_before_the_stack_ends() {
        assertMalformed(params("<array><data><value>".repeat(100_000))).withMessageContaining("nests");
    }

    @Test
    void what_breaks_off_or_is_web_page_is_refused() {
        assertMalformed("");
        assertMalformed("<html><body>hello</body></html>");
        assertMalformed(params("<int>3"));
        assertMalformed(params("<int>3</string>"));
        assertMalformed("<methodResponse><params><param><value>a");
    }

    private static ThrowableAssertAlternative<Malformed> assertMalformed(String xml) {
        return assertThatExceptionOfType(Malformed.class).isThrownBy(() -> read(xml));
    }

    private static Value read(String xml) throws Malformed, RpcException {
        return AnswerReader.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String params(String value) {
        return "<?xml version='1.0'?>\n<!-- c --><methodResponse>\n<params>\n<param><value>" + value
                + "</value></param></params></methodResponse>";
    }
}
