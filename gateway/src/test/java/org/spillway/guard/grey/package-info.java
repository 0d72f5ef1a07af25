/** Tests of the greylist and of its file. */
package org.spillway.guard.grey;
