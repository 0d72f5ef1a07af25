/** The file spool under the contract of spools. */
package org.spillway.spool.file;
