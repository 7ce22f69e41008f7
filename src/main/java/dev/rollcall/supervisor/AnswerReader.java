package dev.rollcall.supervisor;

import dev.rollcall.port.Supervisor.RpcException;
import dev.rollcall.supervisor.Value.Items;
import dev.rollcall.supervisor.Value.Scalar;
import dev.rollcall.supervisor.Value.Struct;
import dev.rollcall.supervisor.XmlScanner.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the body of an XML-RPC answer: its one value, or its fault. */
final class AnswerReader {
    private static final int DEEPEST = 32;
    /** Of ten thousand processes with all that supervisord tells of each. */
    private static final int MOST_VALUES = 500_000;

    private static final int MOST_NAMES = 1_000;

    private final XmlScanner xml;
    private Kind kind = Kind.TEXT;
    private int depth;
    private int values;
    /** The same few, again and again. */
    private final Map<String, String> names = new HashMap<>();

    private AnswerReader(String xml) {
        this.xml = new XmlScanner(xml);
    }

    /** @throws RpcException if the answer is a fault */
    static Value read(byte[] body) throws Malformed, RpcException {
        return new AnswerReader(new String(body, StandardCharsets.UTF_8)).answer();
    }

    private Value answer() throws Malformed, RpcException {
        advance();
        expect("methodResponse");
        if (at(Kind.OPEN, "fault")) {
            advance();
            throw fault(value());
        }
        expect("params");
        expect("param");
        return value();
    }

    /** The same struct is a fault as a whole answer and as one result of a multicall. */
    static RpcException fault(Value struct) {
        String text = struct.text("faultString").orElse("a fault without a reason");
        return new RpcException(struct.number("faultCode").orElse(0), text);
    }

    private Value value() throws Malformed {
        if (++depth > DEEPEST) {
            throw new Malformed("it nests more than " + DEEPEST + " values");
        }
        if (++values > MOST_VALUES) {
            throw new Malformed("it has more than " + MOST_VALUES + " values");
        }
        require(Kind.OPEN, "value");
        String bare = text();
        Value value = kind == Kind.OPEN ? typed() : new Scalar(bare);
        close("value");
        depth--;
        return value;
    }

    private Value typed() throws Malformed {
        String type = xml.content();
        if (type.equals("array")) {
            return array();
        }
        if (type.equals("struct")) {
            return struct();
        }
        String text = text();
        close(type);
        return new Scalar(text);
    }

    private Value array() throws Malformed {
        advance();
        expect("data");
        List<Value> items = new ArrayList<>();
        while (at(Kind.OPEN, "value")) {
            items.add(value());
        }
        close("data");
        close("array");
        return new Items(List.copyOf(items));
    }

    private Value struct() throws Malformed {
        advance();
        Map<String, Value> members = new LinkedHashMap<>();
        while (at(Kind.OPEN, "member")) {
            advance();
            require(Kind.OPEN, "name");
            String name = text();
            close("name");
            members.put(names.size() < MOST_NAMES ? names.computeIfAbsent(name, first -> first) : name, value());
            close("member");
        }
        close("struct");
        return new Struct(Map.copyOf(members));
    }

    /** The text after the tag at hand, up to the next tag. */
    private String text() throws Malformed {
        kind = xml.next();
        String text = kind == Kind.TEXT ? xml.content() : "";
        kind = kind == Kind.TEXT ? xml.next() : kind;
        return text;
    }

    private void expect(String tag) throws Malformed {
        require(Kind.OPEN, tag);
        advance();
    }

    private void close(String tag) throws Malformed {
        require(Kind.CLOSE, tag);
        advance();
    }

    private void require(Kind wanted, String tag) throws Malformed {
        if (!at(wanted, tag)) {
            throw new Malformed("<" + tag + "> is not where XML-RPC has it");
        }
    }

    private boolean at(Kind wanted, String tag) {
        return kind == wanted && xml.content().equals(tag);
    }

    /** To the next tag, past the blanks between. */
    private void advance() throws Malformed {
        kind = xml.next();
        if (kind == Kind.TEXT) {
            require(Blank.strip(xml.content()).isEmpty());
            kind = xml.next();
        }
    }

    private static void require(boolean blank) throws Malformed {
        if (!blank) {
            throw new Malformed("text is not where XML-RPC has it");
        }
    }
}
