/* Before a query reaches the search: full-width letters become half-width, and of a sentence stay the words, without what
   joins them (に、を、した). The index is cut at words; a sentence in one piece is found nowhere. */
"use strict";
(() => {
  const WORD = /[\p{sc=Han}々]+|[\p{sc=Katakana}ー]+|[A-Za-z0-9_]+/gu;
  const SAYS_NOTHING = /^[何方時事行来内前後中上下使作見入出書言打]$/u;
  // 差戻し is written 差し戻し too: of two characters before such an end each is looked for as well.
  const JOINED = /(?<!\p{sc=Han})(\p{sc=Han})(\p{sc=Han})(?=[げりきけめぎえせ]|し(?![たてまなよ])|す(?!る))/gu;
  function words(query) {
    const plain = query.normalize("NFKC").replace(/(^|\s)-+/g, "$1");
    if (/^YX\d{3}$/i.test(plain.trim())) return `title:${plain.trim()}`; // where it is explained, not where it is named
    const found = (plain.replace(JOINED, "$1$2 $1 $2 ").match(WORD) ?? []).filter((word) => !SAYS_NOTHING.test(word));
    return /[^\x00-\x7f]/.test(plain) && found.length ? found.join(" ") : plain;
  }
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    const query = message?.type === 2 ? { ...message, data: words(message.data) } : message;
    return post.call(this, query, ...rest);
  };
})();
