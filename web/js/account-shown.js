/** The account of the Administration was shown in this tab: the page on which somebody is about to sign learns of it. */

new BroadcastChannel("account-shown").postMessage("");
