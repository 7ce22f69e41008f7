package dev.rollcall.supervisor;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of XML-RPC; asked for what it is not, it answers with nothing, since supervisors of different age send different shapes. */
sealed interface Value {
    /** Text, or any scalar as its text. */
    record Scalar(String content) implements Value {
        @Override
        public Optional<String> text() {
            return Optional.of(content);
        }
    }

    /** An array. */
    record Items(List<Value> list) implements Value {
        @Override
        public List<Value> items() {
            return list;
        }
    }

    /** A struct. */
    record Struct(Map<String, Value> members) implements Value {
        @Override
        public Optional<Value> member(String name) {
            return Optional.ofNullable(members.get(name));
        }
    }

    default Optional<String> text() {
        return Optional.empty();
    }

    default List<Value> items() {
        return List.of();
    }

    default Optional<Value> member(String name) {
        return Optional.empty();
    }

    default Optional<String> text(String member) {
        return member(member).flatMap(Value::text);
    }

    default Optional<Integer> number(String member) {
        return text(member).flatMap(Numbers::find);
    }

    /** XML-RPC writes booleans as digits. */
    default Optional<Boolean> flag(String member) {
        return text(member).map(text -> text.equals("1") || text.equalsIgnoreCase("true"));
    }
}
