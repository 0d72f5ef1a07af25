/** The resolver against a name server of the test on the loopback. */
package org.spillway.dns;
