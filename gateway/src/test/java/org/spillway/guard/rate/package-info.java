/** Tests of the rate limits. */
package org.spillway.guard.rate;
