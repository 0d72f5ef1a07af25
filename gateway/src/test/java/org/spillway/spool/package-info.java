/**
 * What every spool promises, as one contract that each implementation runs. Read {@link
 * org.spillway.spool.SpoolContract} first.
 */
package org.spillway.spool;
