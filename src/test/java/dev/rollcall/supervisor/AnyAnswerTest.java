package dev.rollcall.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.port.Supervisor.RpcException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.StringLength;

/** Whatever comes over the wire has an outcome with a type: a value, a fault, or a refusal. */
class AnyAnswerTest {
    @Property
    void any_bytes_as_http(@ForAll byte[] bytes) {
        assertThat(outcome(bytes)).isIn("value", "fault", "malformed");
    }

    @Property
    void any_bytes_as_a_body(@ForAll byte[] body) {
        byte[] head = "HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] all = ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
        assertThat(outcome(all)).isIn("value", "fault", "malformed");
    }

    @Property
    void tags_in_any_order(@ForAll("tags") String xml, @ForAll("heads") String head) {
        assertThat(outcome((head + xml).getBytes(StandardCharsets.UTF_8))).isIn("value", "fault", "malformed");
    }

    @Property
    void any_text_survives_the_way_there_and_back(@ForAll @StringLength(max = 40) String text) throws Exception {
        String sent = "<methodResponse><params><param><value>" + Call.string(text)
                + "</value></param></params></methodResponse>";
        String expected = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(AnswerReader.read(sent.getBytes(StandardCharsets.UTF_8)).text())
                .contains(expected);
    }

    /** A parser that everybody trusts must see the same tags and text wherever it accepts the document. */
    @Property
    void the_scanner_agrees_with_a_full_parser(@ForAll("tags") String xml) throws Malformed {
        StringBuilder theirs = new StringBuilder();
        try {
            XMLStreamReader reader = XMLInputFactory.newDefaultFactory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext()) {
                int event = reader.next();
                theirs.append(event == XMLStreamConstants.START_ELEMENT ? "<" + reader.getLocalName() + ">" : "");
                theirs.append(event == XMLStreamConstants.END_ELEMENT ? "</" + reader.getLocalName() + ">" : "");
                theirs.append(
                        event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA
                                ? reader.getText()
                                : "");
            }
        } catch (XMLStreamException e) {
            return; // not a document: nothing to agree on
        }
        assertThat(scanned(xml).strip()).isEqualTo(theirs.toString());
    }

    @Provide
    Arbitrary<String> tags() {
        List<String> pieces = List.of(
                "methodResponse",
                "params",
                "param",
                "value",
                "fault",
                "struct",
                "member",
                "name",
                "array",
                "data",
                "int",
                "nil/");
        Arbitrary<String> tag = Arbitraries.of(pieces);
        Arbitrary<String> nested = Arbitraries.lazyOf(
                () -> Arbitraries.of("3", " ", "&amp;", "&#10;", "<![CDATA[<]]>", "<!-- a -->", "<nil/>", ""),
                () -> tags().list()
                        .ofMaxSize(3)
                        .flatMap(parts -> tag.map(name -> name.endsWith("/")
                                ? "<" + name + ">"
                                : "<" + name + ">" + String.join("", parts) + "</" + name + ">")));
        return Arbitraries.frequencyOf(
                Tuple.of(5, nested),
                Tuple.of(1, tag.map(name -> "<" + name)),
                Tuple.of(1, tag.map(name -> "</" + name + ">")));
    }

    @Provide
    Arbitrary<String> heads() {
        return Arbitraries.of(
                "HTTP/1.0 200 OK\r\n\r\n<methodResponse><params><param>",
                "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n<methodResponse>",
                "HTTP/1.1 200\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/2 x\r\n\r\n");
    }

    private static String scanned(String xml) throws Malformed {
        XmlScanner scanner = new XmlScanner(xml);
        StringBuilder ours = new StringBuilder();
        while (true) {
            switch (scanner.next()) {
                case OPEN -> ours.append('<').append(scanner.content()).append('>');
                case CLOSE -> ours.append("</").append(scanner.content()).append('>');
                case TEXT -> ours.append(scanner.content());
                default -> {
                    return ours.toString();
                }
            }
        }
    }

    private static String outcome(byte[] bytes) {
        try {
            HttpAnswer answer = new HttpAnswer();
            answer.add(ByteBuffer.wrap(bytes));
            answer.finish();
            return answer.status() > 0 && AnswerReader.read(answer.body()) != null ? "value" : "nothing";
        } catch (Malformed e) {
            return "malformed";
        } catch (RpcException e) {
            return "fault";
        }
    }
}
