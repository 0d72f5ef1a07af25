/** Tests of the lists in the DNS. */
package org.spillway.guard.dnslist;
