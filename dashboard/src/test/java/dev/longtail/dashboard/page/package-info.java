/** The page's own files, looked at without a browser. */
package dev.longtail.dashboard.page;
