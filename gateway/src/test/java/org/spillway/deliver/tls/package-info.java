/** Tests of the courier's TLS policy. */
package org.spillway.deliver.tls;
