/** Tests of the control socket, on real sockets in a temporary directory. */
package org.spillway.control.socket;
