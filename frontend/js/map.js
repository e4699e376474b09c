// On a map (figure[data-map]) pointing at a municipality says its name below the map, a click goes to
// its page, and whoever goes through links to municipalities sees on the map where they lie.

for (const map of document.querySelectorAll("figure[data-map]")) {
  const said = map.querySelector("[data-map-said]");
  const tiles = new Map();
  for (const tile of map.querySelectorAll("[data-to]")) tiles.set(tile.dataset.to, tile);
  if (!tiles.size || !said) continue;
  map.dataset.mapLive = "";
  const say = (tile) => { said.textContent = tile ? tile.querySelector("title").textContent : ""; };
  map.addEventListener("pointerover", (event) => say(event.target.closest("[data-to]")));
  map.addEventListener("pointerleave", () => say(null));
  map.addEventListener("click", (event) => {
    const tile = event.target.closest("[data-to]");
    if (tile) location.assign(tile.dataset.to);
  });
  const light = (event, on) => {
    const tile = tiles.get(event.target.closest?.("a[href]")?.getAttribute("href"));
    tile?.classList.toggle("is-lit", on);
  };
  for (const [name, on] of [["focusin", true], ["focusout", false], ["mouseover", true], ["mouseout", false]]) {
    document.addEventListener(name, (event) => light(event, on));
  }
}
