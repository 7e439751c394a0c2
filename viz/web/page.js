// The scripts of every page. Whatever needs them waits for the event.
window.callsheet = window.callsheet || {};
dispatchEvent(new Event("callsheet:ready"));
