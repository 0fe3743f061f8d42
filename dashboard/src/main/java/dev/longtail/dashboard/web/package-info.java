/**
 * The HTTP server: the page's files, the JSON interface, server-sent events, and what keeps them
 * safe (headers, token, bounds). Answers are computed once per snapshot and shared by all viewers.
 */
package dev.longtail.dashboard.web;
