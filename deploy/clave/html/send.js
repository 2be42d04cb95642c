document.querySelector("#send").submit();
