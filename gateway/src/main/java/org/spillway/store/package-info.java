/**
 * What is derived or small, in SQL: tracking first. In: what happens to messages, told once to
 * {@link org.spillway.store.Chronicle}; out: {@link org.spillway.store.Trace}s. Never on the way to
 * the 250; written in batches, rebuilt from the spool when lost. Read {@link
 * org.spillway.store.Tracking} first.
 */
package org.spillway.store;
