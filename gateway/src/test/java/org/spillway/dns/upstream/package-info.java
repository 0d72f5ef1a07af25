/** The health of one server, row by row. */
package org.spillway.dns.upstream;
