/**
 * The console: server-rendered pages over {@code control} and the value types, nothing deeper.
 *
 * <p>Comes after the gateway. In: a person's request. Out: pages, and orders to {@code control}.
 */
package org.spillway.web;
