// What a tag manager does with a tag of custom HTML: its scripts are written anew, with their text and their address alone.
{
  const tag = document.createElement("template");
  fetch("/tag.html").then((response) => response.text()).then((html) => {
    tag.innerHTML = html;
    for (const { text, src } of tag.content.querySelectorAll("script")) {
      const script = document.createElement("script");
      if (src) script.src = src;
      script.text = text;
      document.body.append(script);
    }
  });
}
