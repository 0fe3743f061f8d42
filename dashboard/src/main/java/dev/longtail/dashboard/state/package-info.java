/** Questions to the running jobs' own state: any pair in scope, not only what was published. */
package dev.longtail.dashboard.state;
