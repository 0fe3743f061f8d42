/**
 * The whole system on show: trains, counts, and holds what it finds against what was planted. Start
 * reading at {@link dev.longtail.local.demo.DemoCommand}.
 */
package dev.longtail.local.demo;
