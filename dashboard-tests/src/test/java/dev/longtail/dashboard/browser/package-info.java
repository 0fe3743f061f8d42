/** A real browser for the tests of the page. */
package dev.longtail.dashboard.browser;
