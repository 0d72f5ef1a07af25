/**
 * What is derived or small, in SQL: tracking first. Never on the way to the 250; written in
 * batches, rebuilt from the spool when lost. Read {@code Tracking} first.
 */
package org.spillway.store;
