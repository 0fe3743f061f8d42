package dev.longtail.aggregator.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.aggregator.folding.Questions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnsweringThreadsTest {

    @TempDir private Path threads;

    private final Questions questions = new Questions(0);
    private final List<Integer> shortened = new ArrayList<>();
    private long now;

    private AnsweringThreads answering() {
        return new AnsweringThreads(questions, shortened::add, threads, Runnable::run, () -> now);
    }

    private void begin(int number, String name) throws IOException {
        Files.writeString(
                Files.createDirectory(threads.resolve("" + number)).resolve("comm"), name);
    }

    private void end(int number) throws IOException {
        Files.delete(threads.resolve(number + "/comm"));
        Files.delete(threads.resolve("" + number));
    }

    @Test
    void thoseThatAnswerComeFirstAndNoOthers() throws IOException {
        begin(7, "Flink Queryable\n");
        begin(8, "count pairs (1/\n");
        begin(11, "Flink Q..hread 0\n");
        Files.createDirectory(threads.resolve("12"));
        answering().answer();
        assertThat(shortened).containsExactlyInAnyOrder(7, 11);
        assertThat(questions.askedLately(now)).as("told of the question").isTrue();
    }

    @Test
    void aThreadThatBeginsLaterIsFoundWhenItAnswersOrAfterTenSeconds() throws Exception {
        AnsweringThreads answering = answering();
        begin(7, "Flink Queryable\n");
        answering.answer();
        begin(8, "Flink Queryable\n");
        now += TimeUnit.SECONDS.toNanos(9);
        answering.answer();
        assertThat(shortened).as("a thread of a connection, for now").containsExactly(7);

        Thread other = new Thread(answering::answer, "answers for the first time");
        other.start();
        other.join();
        assertThat(shortened).containsExactly(7, 8);

        begin(9, "Flink Queryable\n");
        now += TimeUnit.SECONDS.toNanos(10);
        answering.answer();
        assertThat(shortened).containsExactly(7, 8, 9);
    }

    @Test
    void aNumberThatIsUsedAgainIsAnotherThread() throws IOException {
        AnsweringThreads answering = answering();
        begin(7, "Flink Queryable\n");
        answering.answer();
        end(7);
        now += TimeUnit.SECONDS.toNanos(10);
        answering.answer();
        begin(7, "Flink Queryable\n");
        now += TimeUnit.SECONDS.toNanos(10);
        answering.answer();
        assertThat(shortened).containsExactly(7, 7);
    }

    @Test
    void aSystemThatRefusesIsNotAskedAgain() throws IOException {
        List<Integer> asked = new ArrayList<>();
        AnsweringThreads answering =
                new AnsweringThreads(
                        questions, thread -> !asked.add(thread), threads, Runnable::run, () -> now);
        begin(7, "Flink Queryable\n");
        answering.answer();
        now += TimeUnit.SECONDS.toNanos(10);
        answering.answer();
        assertThat(asked).containsExactly(7);
        assertThat(questions.askedLately(now)).isTrue();
    }

    @Test
    void questionsAreAnsweredWhereThreadsCannotBeListed() {
        now = TimeUnit.DAYS.toNanos(1);
        new AnsweringThreads(
                        questions,
                        shortened::add,
                        threads.resolve("none"),
                        Runnable::run,
                        () -> now)
                .answer();
        assertThat(questions.askedLately(now)).isTrue();
        assertThat(shortened).isEmpty();
    }
}
