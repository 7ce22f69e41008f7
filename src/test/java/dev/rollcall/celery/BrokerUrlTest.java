package dev.rollcall.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.celery.Broker.Host;
import dev.rollcall.celery.Broker.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUrlTest {
    @ParameterizedTest
    @CsvSource({
        "redis://, redis://127.0.0.1:6379/0",
        "redis://localhost, redis://127.0.0.1:6379/0",
        "redis://localhost/, redis://127.0.0.1:6379/0",
        "redis://h:7000/5, redis://h:7000/5",
        "redis://:pw@h//2, redis://h:6379/2",
        "redis://user:p%40ss@h/1, redis://h:6379/1",
        "redis://[::1]:7000/1, redis://::1:7000/1",
        "redis://h/?db=4, redis://h:6379/4",
        "rediss://h/1?ssl_cert_reqs=none, rediss://h:6379/1",
        "redis+socket:///run/r.sock?virtual_host=3, redis:///run/r.sock/3",
        "sentinel://a:1;sentinel://b:2, 'sentinel://a:1,b:2/0'",
        "amqp://u:p@h//, amqp://h:5672/0",
    })
    void it_is_read_as_kombu_does(String url, String shown) throws Exception {
        assertThat(BrokerUrl.read(url)).singleElement().hasToString(shown);
    }

    @Test
    void passwords_may_hold_anything_and_are_never_shown() throws Exception {
        Broker broker = BrokerUrl.read("redis://:a%2Fb@c+d:e@h/0").get(0);
        assertThat(broker.login()).isEqualTo(new Login(null, "a/b@c+d:e"));
        assertThat(broker + "" + broker.login()).doesNotContain("a/b");
    }

    @Test
    void several_urls_stand_in_for_each_other() throws Exception {
        assertThat(BrokerUrl.read("redis://a/1;redis://b/1"))
                .extracting(b -> b.hosts().get(0))
                .containsExactly(new Host("a", 6379), new Host("b", 6379));
    }

    @Test
    void certificates_are_checked_unless_told_otherwise() throws Exception {
        Tls usual = BrokerUrl.read("rediss://h/1").get(0).tls();
        Tls lax = BrokerUrl.read("rediss://h/1?ssl_cert_reqs=CERT_NONE").get(0).tls();
        assertThat(usual).isEqualTo(Tls.USUAL);
        assertThat(lax).isEqualTo(new Tls(false, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "://secret", "redis://h:secret/0", "redis://h:99999/0", "redis://h/secret"})
    void a_broken_one_is_refused_without_being_repeated(String url) {
        assertThatThrownBy(() -> BrokerUrl.read(url))
                .isInstanceOf(NoWayIn.class)
                .hasMessageNotContaining("secret")
                .hasMessageContaining("tried to read a broker URL");
    }
}
