/**
 * Tests of control, over a node whose parts are in memory: {@link org.spillway.control.FakeNode}.
 */
package org.spillway.control;
