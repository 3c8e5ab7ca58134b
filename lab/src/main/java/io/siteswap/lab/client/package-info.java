/** What is measured from outside: writers, application servers, the Internet's edge. */
@org.jspecify.annotations.NullMarked
package io.siteswap.lab.client;
