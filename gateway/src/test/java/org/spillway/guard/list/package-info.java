/** Tests of the allow and deny lists. */
package org.spillway.guard.list;
