/**
 * The demo: real mail through a real gateway while a mail server dies and comes back. In: nothing;
 * out: the story on the terminal and an exit code that says whether anything was lost. Read {@link
 * org.spillway.demo.Demo} first.
 */
package org.spillway.demo;
