/** What is on screen as files: CSV for spreadsheets, NumPy archives for notebooks. */
package dev.longtail.dashboard.downloads;
