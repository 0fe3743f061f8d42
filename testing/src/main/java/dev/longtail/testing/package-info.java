/**
 * What several modules' tests share: a real Kafka broker in the test's own process. Start reading
 * at {@link dev.longtail.testing.TestBroker}. Only ever a dependency in test scope.
 */
package dev.longtail.testing;
