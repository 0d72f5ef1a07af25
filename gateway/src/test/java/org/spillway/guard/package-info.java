/** Tests of the checks against abuse. */
package org.spillway.guard;
