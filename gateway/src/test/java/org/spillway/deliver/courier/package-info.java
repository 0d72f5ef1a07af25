/**
 * The courier against scripted peers on the loopback. Read {@code Errands} for what each test
 * starts from.
 */
package org.spillway.deliver.courier;
